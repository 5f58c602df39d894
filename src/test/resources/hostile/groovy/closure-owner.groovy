({ it }).owner
