import type { PairedDevice, StartedPairing } from "@tessera/contracts";
import { qrMatrix, qrSvgPath } from "@tessera/domain/qr/matrix";
import type { Connection } from "@tessera/sdk";
import { Button, clockText, useNow } from "@tessera/ui";
import { useAsking } from "./use-asking.ts";

interface AskingPanelProps {
  client: Connection["client"];
  onPaired: (desk: PairedDevice) => void;
}

/** A code for staff, as letters and as a picture, and how the request stands. */
export function AskingPanel({ client, onPaired }: AskingPanelProps) {
  const { asking, again } = useAsking(client, onPaired);

  if (asking.kind === "waiting") return <Waiting request={asking.request} isReached={asking.isReached} />;
  if (asking.kind === "denied") {
    return (
      <div role="alert" className="grid justify-items-start gap-gap rounded-card bg-no-wash p-gap text-near">
        <p>Staff said no to this kiosk. If that was a mistake, ask again.</p>
        <Button className="min-h-target text-near" onClick={again}>
          Ask again
        </Button>
      </div>
    );
  }
  return (
    <p role="status" className="min-h-target text-near text-ink-soft">
      {asking.kind === "starting"
        ? "Getting a code…"
        : "The server cannot be reached. This screen tries again by itself."}
    </p>
  );
}

function Waiting({ request, isReached }: { request: StartedPairing; isReached: boolean }) {
  const { userCode, verificationPath, expiresAt } = request;
  const [page, half] = [`${location.origin}${verificationPath}`, userCode.length / 2];
  const secondsLeft = Math.max(0, (Date.parse(expiresAt) - useNow().getTime()) / 1_000);

  return (
    <div className="grid items-center gap-gap landscape:grid-cols-[auto_minmax(0,1fr)]">
      {/* Behind the #: what a server is sent, and may write down, is the address without the code. */}
      <Picture text={`${page}#${userCode}`} />
      <div className="grid gap-gap">
        <p
          data-user-code={userCode}
          className="text-[clamp(2.25rem,13vmin,10rem)] leading-none font-bold tracking-[0.06em]"
        >
          {userCode.slice(0, half)}-{userCode.slice(half)}
        </p>
        <p className="text-near">
          Staff: point a phone at the picture, or open <strong className="[overflow-wrap:anywhere]">{page}</strong> and
          type these letters.
        </p>
        <p role="status" className="text-near text-ink-soft">
          {isReached
            ? "Waiting for staff. This screen goes on by itself."
            : "The server cannot be reached just now. This screen asks again by itself."}
        </p>
        <p className="text-near text-ink-soft">A new code comes in {clockText(secondsLeft)}.</p>
      </div>
    </div>
  );
}

const QUIET_ZONE = 4;

function Picture({ text }: { text: string }) {
  const matrix = qrMatrix(text);
  const side = matrix.length + 2 * QUIET_ZONE;
  return (
    <svg
      role="img"
      aria-label="Opens the page where staff pair this kiosk"
      viewBox={`${-QUIET_ZONE} ${-QUIET_ZONE} ${side} ${side}`}
      shapeRendering="crispEdges"
      className="block w-[34vmin] min-w-44 border border-line bg-tile"
    >
      <path d={qrSvgPath(matrix)} className="fill-tile-ink" />
    </svg>
  );
}
