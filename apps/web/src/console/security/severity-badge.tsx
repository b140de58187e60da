import type { AlertSeverity } from "@tessera/contracts";
import { Info, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import { severityWords } from "./words.ts";

const looks: Record<AlertSeverity, { ground: string; Icon: LucideIcon }> = {
  info: { ground: "bg-info-wash text-ink", Icon: Info },
  warning: { ground: "bg-wait text-wait-ink", Icon: TriangleAlert },
  critical: { ground: "bg-no text-no-ink", Icon: OctagonAlert },
};

/** How bad it is, by colour, shape and word. */
export function SeverityBadge({ severity }: { severity: AlertSeverity }) {
  const { ground, Icon } = looks[severity];
  return (
    <span className={`inline-flex shrink-0 items-center gap-1.5 px-2.5 py-0.5 text-sm font-bold ${ground}`}>
      <Icon aria-hidden strokeWidth={2} className="size-4" />
      {severityWords[severity]}
    </span>
  );
}
