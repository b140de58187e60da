/** That something was done, said politely. */
export function Done({ text }: { text: string | null }) {
  return (
    <p role="status" className="text-sm font-medium text-ok empty:hidden">
      {text}
    </p>
  );
}
