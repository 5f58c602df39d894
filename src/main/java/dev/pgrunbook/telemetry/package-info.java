/**
 * A run as OpenTelemetry spans; loaded only where {@code OTEL_} variables ask for it. The only
 * importer of {@code io.opentelemetry}.
 *
 * <p>Allowed imports: {@code engine}, {@code journal}, {@code source}.
 */
@NullMarked
package dev.pgrunbook.telemetry;

import org.jspecify.annotations.NullMarked;
