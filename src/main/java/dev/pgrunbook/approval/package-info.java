/**
 * Approvals of plans: who said yes to what, when and until when, signed with an Ed25519 key.
 *
 * <p>Allowed imports: {@code source}, {@code value}, and Gson.
 */
@NullMarked
package dev.pgrunbook.approval;

import org.jspecify.annotations.NullMarked;
