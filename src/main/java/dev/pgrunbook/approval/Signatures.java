package dev.pgrunbook.approval;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** Whether a key has signed something. */
final class Signatures {

  private Signatures() {}

  static boolean isValid(String publicKey, byte[] said, String signature) {
    PublicKey key = PublicKeyText.read(publicKey);
    if (key == null) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(PublicKeyText.ALGORITHM);
      check.initVerify(key);
      check.update(said);
      return check.verify(Base64.getDecoder().decode(signature));
    } catch (IllegalArgumentException | GeneralSecurityException malformed) {
      return false;
    }
  }
}
