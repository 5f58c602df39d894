package dev.pgrunbook.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pgrunbook.sql.RelationEffect;
import dev.pgrunbook.sql.StatementEffects;
import dev.pgrunbook.sql.Work;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a statement does, as machines read it; the advice stands among the findings. */
final class EffectJson {

  private EffectJson() {}

  static JsonObject of(@Nullable StatementEffects effects) {
    JsonObject object = new JsonObject();
    if (effects == null) {
      return object;
    }
    JsonArray relations = new JsonArray();
    effects.relations().forEach(relation -> relations.add(relation(relation)));
    object.add("relations", relations);
    JsonObject reversal = new JsonObject();
    reversal.addProperty("kind", effects.reversal().kind().name().toLowerCase(Locale.ROOT));
    reversal.addProperty("how", effects.reversal().how());
    object.add("reversal", reversal);
    object.addProperty("touchedRows", effects.touchedRows());
    return object;
  }

  private static JsonObject relation(RelationEffect relation) {
    JsonObject object = new JsonObject();
    object.addProperty("relation", relation.relation());
    object.addProperty("kind", relation.kind());
    object.addProperty("lock", relation.lock() == null ? null : relation.lock().mode());
    object.addProperty("blocks", relation.lock() == null ? null : relation.lock().blocks());
    object.addProperty("via", relation.via());
    JsonArray work = new JsonArray();
    relation.work().forEach(one -> work.add(work(one)));
    object.add("work", work);
    object.addProperty("rows", relation.size() == null ? null : relation.size().rows());
    object.addProperty("bytes", relation.size() == null ? null : relation.size().bytes());
    JsonArray facts = new JsonArray();
    relation.facts().forEach(facts::add);
    object.add("facts", facts);
    return object;
  }

  private static JsonObject work(Work work) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", work.kind().name().toLowerCase(Locale.ROOT));
    object.addProperty("condition", work.condition() == null ? null : work.condition().words());
    return object;
  }
}
