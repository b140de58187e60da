/**
 * The mark, pulled apart around the picture: four tiles, one of them turned. While the desk checks they close in over a
 * pale picture: neither yes nor no.
 */
export function TileCorners({ isBusy }: { isBusy: boolean }) {
  const away = isBusy ? corners.together : corners.apart;
  return (
    <div aria-hidden className={`absolute inset-0 overflow-hidden ${isBusy ? "bg-paper/85" : ""}`}>
      <div className={`absolute inset-0 grid place-items-center ${isBusy ? "animate-breathe" : ""}`}>
        {places.map(({ x, y, turned }) => (
          <span
            key={`${x}${y}`}
            className={`absolute size-[9cqmin] transition-transform duration-200 ${turned ? "bg-accent" : isBusy ? "bg-ink" : "bg-surface"}`}
            style={{ transform: `translate(${x * away}cqmin, ${y * away}cqmin) rotate(${turned ? 45 : 0}deg)` }}
          />
        ))}
      </div>
    </div>
  );
}

const corners = { apart: 38, together: 5.4 };

const places = [
  { x: -1, y: -1, turned: false },
  { x: 1, y: -1, turned: true },
  { x: -1, y: 1, turned: false },
  { x: 1, y: 1, turned: false },
];
