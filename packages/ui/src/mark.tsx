/** The sign of Tessera: a mosaic of four tiles, one of them turned. Decoration; the name stands beside it. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden className="shrink-0">
      <path className="fill-ink" d="M1 1h10v10H1zM1 13h10v10H1zM13 13h10v10H13z" />
      <path className="fill-accent" d="M18 0.2 23.8 6 18 11.8 12.2 6z" />
    </svg>
  );
}
