package dev.pgrunbook.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Runs {@code initdb}. */
final class FreshSeed extends ClusterSeed {

  FreshSeed(PostgresInstallation installation) {
    super(installation);
  }

  @Override
  String plant(ClusterDirectory directory, UnprivilegedAccount account) throws IOException {
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Path passwordFile = directory.path().resolve("password");
    Files.writeString(passwordFile, "");
    WorkDirectory.setPermissions(passwordFile, "rw-------");
    Files.writeString(passwordFile, password);
    account.own(passwordFile);
    ServerProgram.run(
        directory.path(),
        account.command(
            List.of(
                installation().program("initdb"),
                "--pgdata=" + directory.data(),
                "--username=" + PostgresCluster.SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync")));
    Files.delete(passwordFile);
    return password;
  }
}
