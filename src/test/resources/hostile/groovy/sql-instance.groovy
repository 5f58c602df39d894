groovy.sql.Sql.newInstance('jdbc:h2:mem')
