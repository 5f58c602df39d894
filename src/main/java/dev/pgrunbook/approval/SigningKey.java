package dev.pgrunbook.approval;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The key that an operator signs approvals with. */
public final class SigningKey {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String PUBLIC = "# public: ";

  private final PrivateKey secret;
  private final String publicKey;

  private SigningKey(PrivateKey secret, String publicKey) {
    this.secret = secret;
    this.publicKey = publicKey;
  }

  /** Returns a new key. */
  public static SigningKey create() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(PublicKeyText.ALGORITHM).generateKeyPair();
      return new SigningKey(pair.getPrivate(), PublicKeyText.of(pair.getPublic()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java since 15 has Ed25519", impossible);
    }
  }

  /** Returns the key of a file's text; null when it is none, or its two halves do not fit. */
  public static @Nullable SigningKey read(String text) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    String publicKey = null;
    for (String line : text.lines().toList()) {
      publicKey = line.startsWith(PUBLIC) ? line.substring(PUBLIC.length()).strip() : publicKey;
    }
    if (begin < 0 || end < begin || publicKey == null || !PublicKeyText.isValid(publicKey)) {
      return null;
    }
    try {
      byte[] encoded =
          Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end).strip());
      PrivateKey secret =
          KeyFactory.getInstance(PublicKeyText.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      SigningKey key = new SigningKey(secret, publicKey);
      byte[] probe = {1};
      return Signatures.isValid(publicKey, probe, key.sign(probe)) ? key : null;
    } catch (IllegalArgumentException | GeneralSecurityException noKey) {
      return null;
    }
  }

  /** Returns what its file says; PEM, as OpenSSL reads it, after the public key. */
  public String toText() {
    return PUBLIC
        + publicKey
        + "\n"
        + BEGIN
        + "\n"
        + Base64.getEncoder().encodeToString(secret.getEncoded())
        + "\n"
        + END
        + "\n";
  }

  /** Returns the public key, for {@code approvers:} of pgrunbook.yaml. */
  public String publicKey() {
    return publicKey;
  }

  /** Returns an approval with this key's signature. */
  public Approval sign(Approval approval) {
    return approval.signed(publicKey, sign(approval.said()));
  }

  private String sign(byte[] said) {
    try {
      Signature signature = Signature.getInstance(PublicKeyText.ALGORITHM);
      signature.initSign(secret);
      signature.update(said);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the key is an Ed25519 key", impossible);
    }
  }
}
