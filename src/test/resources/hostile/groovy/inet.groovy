InetAddress.getByName('example.org')
