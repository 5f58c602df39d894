import java.io.*
new File('hostile-marker').createNewFile()
