import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;

/** Does what `liquibase update` does, and first what an operator does after a crash: releases its lock. */
public final class Update {
  private Update() {}

  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Liquibase liquibase =
            new Liquibase(
                arguments[2],
                new DirectoryResourceAccessor(Path.of(arguments[1])),
                new JdbcConnection(connection))) {
      liquibase.forceReleaseLocks();
      liquibase.update(new Contexts(), new LabelExpression());
    }
  }
}
