'1e999999999'.toBigDecimal()
