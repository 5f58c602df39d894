SELECT obj_description('t'::regclass);
SELECT count(*) FROM "Odd ""one""; --";
