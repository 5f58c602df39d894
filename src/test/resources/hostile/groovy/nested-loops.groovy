for (a in 1..1000) { for (b in 1..1000) { for (c in 1..1000) { } } }
