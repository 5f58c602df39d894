package dev.pgrunbook.render;

import dev.pgrunbook.plan.Plan;
import java.util.List;

/** Writes plans for people or machines; the same plans always give the same text. */
public interface PlanRenderer {

  /** Returns the text of plans, which ends with a line break. */
  String render(List<Plan> plans);
}
