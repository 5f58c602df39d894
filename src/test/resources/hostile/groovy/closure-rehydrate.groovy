({ it }).rehydrate(1,2,3)
