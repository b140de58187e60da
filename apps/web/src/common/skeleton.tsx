/** Grey stand-ins as large as what they stand for, so that nothing jumps when it comes. */
export function Skeleton({ count = 1, className, label }: { count?: number; className: string; label: string }) {
  return (
    <>
      <span role="status" className="sr-only">
        {label}
      </span>
      {Array.from({ length: count }, (_, place) => (
        <div key={place} aria-hidden className={`animate-breathe bg-sunken ${className}`} />
      ))}
    </>
  );
}
