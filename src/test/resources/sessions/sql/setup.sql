CREATE TABLE orders (id int, note text, placed date);
CREATE INDEX orders_a ON orders (id);
CREATE INDEX orders_b ON orders (note);
CREATE INDEX orders_c ON orders (placed);
