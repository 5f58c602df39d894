''.class.forName('java.lang.Runtime')
