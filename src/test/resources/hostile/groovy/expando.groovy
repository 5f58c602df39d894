new Expando(x: { 1 })
