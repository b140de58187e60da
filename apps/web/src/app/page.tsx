import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";

interface PageProps {
  title: string;
  /** Said before the title and part of it: "Return" of "Return Jigsaw". */
  kicker?: string;
  /** One level up, for pages that stand below another. */
  back?: { to: string; label: string };
  /** Beside the heading. */
  aside?: ReactNode;
  /** `narrow` for reading, `pair` for a picture with words beside it where there is room. */
  width?: "narrow" | "pair" | "wide";
  children: ReactNode;
}

/** The frame of every screen: its name in the tab, its heading, and the focus on that heading after a navigation. */
export function Page({ title, kicker, back, aside, width = "wide", children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();

  useEffect(() => {
    document.title = `${kicker ? `${kicker} ` : ""}${title} · Tessera`;
  }, [title, kicker]);

  useEffect(() => {
    if (key !== "default") heading.current?.focus({ preventScroll: true });
  }, [key]);

  return (
    <div className={`mx-auto w-full ${widths[width]}`}>
      {back && (
        <Link
          to={back.to}
          className="-mt-3 -ml-1 mb-1 inline-flex min-h-11 items-center gap-1.5 pr-3 text-sm font-semibold text-ink-soft hover:text-ink"
        >
          <ArrowLeft aria-hidden strokeWidth={1.75} className="size-5" />
          {back.label}
        </Link>
      )}
      <header className="mb-6 flex lg:mb-8 flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <h1 ref={heading} tabIndex={-1} className="text-2xl font-bold tracking-tight">
          {kicker && <span className="block text-base font-semibold tracking-normal text-accent">{kicker} </span>}
          {title}
        </h1>
        {aside}
      </header>
      {children}
    </div>
  );
}

const widths = { narrow: "max-w-xl", pair: "max-w-xl lg:max-w-4xl", wide: "max-w-5xl" };
