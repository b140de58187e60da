import type { PairedDevice, ScanSource } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { appVersion } from "@tessera/ui/app-shell";
import { useEffect, useState } from "react";
import { useSpeech } from "../common/use-speech.ts";
import { ChangeDesk } from "../desk/change-desk.tsx";
import { RestingScreen } from "../idle/resting-screen.tsx";
import { useRest } from "../idle/use-rest.ts";
import { useUpdate } from "../update/use-update.ts";
import { WedgeSetup } from "../wedge/wedge-setup.tsx";
import { Bar } from "./bar.tsx";
import { BatchSheet } from "./batch-sheet.tsx";
import { CameraTile } from "./camera-tile.tsx";
import { DeskHeader } from "./desk-header.tsx";
import { ResultScreen } from "./result-screen.tsx";
import { Sentence } from "./sentence.tsx";
import { sentenceFor } from "./sentence-for.ts";
import { occasion, outcomeName, refusalReason, shownOutcome } from "./shown-outcome.ts";
import { Strip } from "./strip.tsx";
import { TypingSheet } from "./typing-sheet.tsx";
import { useAgainByItself } from "./use-again-by-itself.ts";
import { useDesk } from "./use-desk.ts";
import { useNews } from "./use-news.ts";
import { useOfflineDesk } from "./use-offline-desk.ts";
import { useSound } from "./use-sound.ts";
import { useSwitchedOff } from "./use-switched-off.ts";
import { useWakeLock } from "./use-wake-lock.ts";
import { useWaysIn } from "./use-ways-in.ts";

interface ScanScreenProps {
  desk: PairedDevice;
  client: Connection["client"];
  status: Connection["status"];
  onTurnedAway: () => void;
  /** Something happened to this desk: how does it stand? */
  onOwnNews: () => void;
  /** To another desk; null to none. */
  onMove: (desk: PairedDevice | null) => void;
}

/** The desk at work. The camera runs behind everything, so the next scan never needs a touch. */
export function ScanScreen({ desk: identity, client, status, onTurnedAway, onOwnNews, onMove }: ScanScreenProps) {
  const offline = useOfflineDesk(identity, client);
  const { desk, tell, take, tryAgain, dismiss } = useDesk({ client, status, offline, onTurnedAway });
  const [drawer, setDrawer] = useState<"typing" | "desks" | "wedge" | null>(null);
  const [letters, setLetters] = useState("");

  const isSettingUp = drawer === "wedge";
  const onCode = (text: string, source: ScanSource) => {
    if (isSettingUp) return; // what the scanner sends is looked at there
    setDrawer(null);
    take(text, source);
  };
  const { scanner, picture, isForeign } = useWaysIn({
    onCode,
    onUnread: (why) => !isSettingUp && tell({ kind: "unread", why }),
  });

  const { showing } = desk;
  const outcome = shownOutcome(showing, useSpeech(), identity.name);
  const sound = useSound(outcome, showing);
  const close = () => setDrawer(null);
  useNews({
    deviceId: identity.deviceId,
    onRedeemed: (redemption) => tell({ kind: "heard", redemption }),
    onIssued: offline.soon,
    onOtherDesk: offline.share,
    onOwn() {
      onOwnNews();
      offline.soon(); // staff may have let it hand in again
    },
    onTurnedAway,
  });
  useAgainByItself(showing, tryAgain);
  useWakeLock();
  const isSwitchedOff = useSwitchedOff(identity.deviceId, client);

  const mayReload = showing.kind === "idle" && drawer === null && !picture.isReading;
  /** In a batch an answer is a line of the list; what has no answer still needs somebody. */
  const isListed = desk.batch !== null && showing.kind === "answered";
  const facts = { showing, camera: scanner.state, isForeign, isReading: picture.isReading, isSwitchedOff };
  const restsSince = useRest(mayReload && !desk.batch && !desk.summary);
  useUpdate(mayReload && !desk.batch && !desk.summary && (offline.story?.waiting.length ?? 0) === 0);

  const isRedeemed = showing.kind === "answered" && showing.outcome.kind === "redeemed";
  useEffect(() => {
    if (isRedeemed) setLetters("");
  }, [isRedeemed]);

  return (
    <main
      data-outcome={outcomeName(showing, outcome)}
      data-reason={refusalReason(showing)}
      data-codes={isSwitchedOff ? "off" : "on"}
      data-version={appVersion()}
      data-held={offline.story?.held}
      data-ready={offline.story?.stopped === null ? "yes" : "no"}
      data-waiting={offline.story?.waiting.length}
    >
      <div className="desk" inert={outcome !== null && !isListed}>
        <DeskHeader desk={identity} story={offline.story} onChangeDesk={() => setDrawer("desks")} />
        <CameraTile scanner={scanner} isChecking={showing.kind === "checking"} />
        <Sentence {...facts} listed={isListed ? outcome : null} />
        <Strip desk={desk} />
        <Bar
          isBatch={desk.batch !== null}
          onBatch={() => tell({ kind: desk.batch ? "batch_ended" : "batch_began" })}
          onPicture={(file) => void picture.read(file)}
          onType={() => setDrawer("typing")}
          sound={sound}
        />
      </div>

      {outcome && !isListed && (
        <ResultScreen
          key={occasion(showing)}
          outcome={outcome}
          onDismiss={dismiss}
          onTryAgain={showing.kind === "undecided" ? () => tryAgain(showing.scan) : null}
        />
      )}
      {desk.summary && <BatchSheet scans={desk.summary} onClose={() => tell({ kind: "summary_read" })} />}
      {drawer === "typing" && (
        <TypingSheet
          letters={letters}
          onLetters={setLetters}
          onTyped={(text) => onCode(text, "manual")}
          onClose={close}
        />
      )}
      {drawer === "desks" && (
        <ChangeDesk desk={identity} onMove={onMove} onSetUpScanner={() => setDrawer("wedge")} onClose={close} />
      )}
      {isSettingUp && <WedgeSetup onClose={close} />}
      {restsSince !== null && <RestingScreen desk={identity} since={restsSince} sentence={sentenceFor(facts)} />}
    </main>
  );
}
