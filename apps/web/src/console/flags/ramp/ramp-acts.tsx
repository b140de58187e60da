import type { Ramp, RampAct } from "@tessera/contracts/flags";
import { Button, type ButtonLook } from "@tessera/ui";
import { useState } from "react";
import { ActDialog } from "../act-dialog.tsx";
import { actsOf } from "./ramp-words.ts";
import { useMove } from "./use-move.ts";
import { acts } from "./words.ts";

type OwnAct = Exclude<RampAct, "jump">;

const looks: Record<OwnAct, ButtonLook> = {
  start: "primary",
  resume: "primary",
  approve: "primary",
  pause: "plain",
  roll_back: "danger",
};

/** What can be done with the ramp where it stands. Each act asks why. */
export function RampActs({ ramp }: { ramp: Ramp }) {
  const [chosen, setChosen] = useState<OwnAct | null>(null);
  const move = useMove(ramp);

  return (
    <div className="flex flex-wrap gap-3">
      {actsOf(ramp).map(
        (act) =>
          act !== "jump" && (
            <Button key={act} look={looks[act]} onClick={() => setChosen(act)}>
              {acts[act].label}
            </Button>
          ),
      )}
      {chosen && (
        <ActDialog
          title={acts[chosen].title}
          submit={acts[chosen].now}
          look={looks[chosen] === "danger" ? "danger" : "primary"}
          act={(because) => move({ act: chosen, because })}
          onClose={() => setChosen(null)}
        >
          <p>{acts[chosen].says}</p>
        </ActDialog>
      )}
    </div>
  );
}
