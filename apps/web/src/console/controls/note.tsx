import { Info, OctagonMinus, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export type NoteTone = "info" | "wait" | "no";

const looks = {
  info: { wash: "bg-info-wash", shape: "text-info", Icon: Info },
  wait: { wash: "bg-wait-wash", shape: "text-wait-word", Icon: TriangleAlert },
  no: { wash: "bg-no-wash", shape: "text-no", Icon: OctagonMinus },
};

interface NoteProps {
  tone?: NoteTone;
  /** Holds more than words: on a phone it takes the whole width. */
  isWide?: boolean;
  children: ReactNode;
}

/** Something that has to be known here, by colour, shape and words. */
export function Note({ tone = "info", isWide = false, children }: NoteProps) {
  const { wash, shape, Icon } = looks[tone];
  return (
    <div className={`flex gap-3 rounded-control p-4 ${isWide ? "max-sm:flex-col" : ""} ${wash}`}>
      <Icon aria-hidden strokeWidth={1.75} className={`mt-0.5 size-5 shrink-0 ${shape}`} />
      <div className="grid min-w-0 grow grid-cols-1 justify-items-start gap-3 text-sm [overflow-wrap:anywhere]">
        {children}
      </div>
    </div>
  );
}
