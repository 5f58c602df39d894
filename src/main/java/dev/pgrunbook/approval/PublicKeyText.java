package dev.pgrunbook.approval;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Ed25519 public keys as people copy them: {@code ed25519 } and 32 bytes in Base64. */
public final class PublicKeyText {

  static final String ALGORITHM = "Ed25519";

  private static final String PREFIX = "ed25519 ";
  private static final int LENGTH = 32;

  /** What X.509 puts before the 32 bytes of an Ed25519 key (RFC 8410). */
  private static final byte[] HEADER = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private PublicKeyText() {}

  static String of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    return PREFIX + Base64.getEncoder().encodeToString(raw);
  }

  /** Returns whether a text is a key. */
  public static boolean isValid(String text) {
    return read(text) != null;
  }

  static @Nullable PublicKey read(String text) {
    if (!text.startsWith(PREFIX)) {
      return null;
    }
    try {
      byte[] raw = Base64.getDecoder().decode(text.substring(PREFIX.length()).strip());
      if (raw.length != LENGTH) {
        return null;
      }
      byte[] encoded = Arrays.copyOf(HEADER, HEADER.length + LENGTH);
      System.arraycopy(raw, 0, encoded, HEADER.length, LENGTH);
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (IllegalArgumentException | GeneralSecurityException noKey) {
      return null;
    }
  }
}
