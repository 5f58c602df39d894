def l = [1]
l.each { l << it }
l.each { l.addAll(l) }
