import type { ReactNode } from "react";

/** An empty list that says what to do first. */
export function EmptyNote({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid max-w-xl justify-items-start gap-3 rounded-card border border-dashed border-edge p-6">
      <p className="text-lg font-semibold">{title}</p>
      {children}
    </div>
  );
}
