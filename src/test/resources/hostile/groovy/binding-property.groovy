binding.x = 1
