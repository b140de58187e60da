import { Link } from "react-router";
import { EmptyNote } from "../../common/empty-note.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Section } from "../../common/section.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { useSpeech } from "../../common/use-speech.ts";
import { useResources } from "../../live/resources.ts";
import { ThingTile } from "../thing-tile.tsx";

const words = {
  title: "Free right now",
  all: "See everything",
  loading: "Loading what is free",
  none: "Everything is out",
  noneText: "Look at the list to see what comes back next.",
  empty: "Nothing to lend yet",
  emptyText: "As soon as the staff add the first thing, it stands here.",
};

const SHOWN = 8;
const columns = "grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4";

/** A handful of what could be taken this minute. */
export function FreeThings() {
  const resources = useResources();
  const speech = useSpeech();
  const free = resources.data?.filter(({ availability }) => availability.state === "free").slice(0, SHOWN);

  const all = (
    <Link
      to="/find"
      className="py-2 text-sm font-semibold underline decoration-edge underline-offset-4 hover:decoration-ink"
    >
      {words.all}
    </Link>
  );

  return (
    <Section title={words.title} aside={all}>
      {resources.isError && !free && <ErrorNote error={resources.error} onRetry={() => void resources.refetch()} />}
      {free?.length === 0 && (
        <EmptyNote title={resources.data?.length ? words.none : words.empty}>
          <p className="text-ink-soft">{resources.data?.length ? words.noneText : words.emptyText}</p>
        </EmptyNote>
      )}
      {resources.isPending && (
        <div className={columns}>
          <Skeleton count={4} className="h-60 rounded-card" label={words.loading} />
        </div>
      )}
      <ul className={columns}>
        {free?.map((resource) => (
          <li key={resource.id}>
            <ThingTile resource={resource} speech={speech} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
