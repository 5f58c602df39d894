super.toString()
