def x = "${@A def y = 1}"
