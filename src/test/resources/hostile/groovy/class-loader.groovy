new GroovyClassLoader().parseClass('class A { static { new File("hostile-marker").createNewFile() } }')
