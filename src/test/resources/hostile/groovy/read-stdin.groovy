System.in.text
