/** What went wrong, said aloud. Nothing while nothing did. */
export function Alert({ text }: { text: string | null | undefined }) {
  return (
    <div role="alert" className="empty:hidden">
      {text && <p className="rounded-control bg-no-wash px-4 py-3 text-sm font-medium text-no">{text}</p>}
    </div>
  );
}
