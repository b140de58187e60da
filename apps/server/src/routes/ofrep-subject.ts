import { type Caller, type FlagBoard, flagFor, idOf } from "@tessera/api";
import { type FlagDecision, type FlagKey, TenantId } from "@tessera/contracts";
import { z } from "zod";
import type { Failure } from "./ofrep-answers.ts";

/** Who asks: somebody for themselves, or a machine of the operators for anybody. */
export type Asker = { kind: "operators" } | { kind: "caller"; caller: Caller };

/** For whom it is asked. */
export interface Subject {
  decide(key: FlagKey): FlagDecision;
}

const text = z.string().max(200).nullish();
/** What else an application puts into its context is for other providers. */
const Body = z.object({
  context: z.object({ targetingKey: text, tenantId: TenantId.nullish(), deviceId: text, resourceId: text }).default({}),
});
type Context = z.infer<typeof Body>["context"];

/**
 * @param body Of the request, read.
 * @returns For whom the flags are wanted, or why that cannot be.
 */
export function subjectIn(body: unknown, asker: Asker, flags: FlagBoard): Subject | Failure {
  const read = Body.safeParse(body ?? {});
  if (!read.success) {
    const [issue] = read.error.issues;
    return invalid(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  const { context } = read.data;
  return asker.kind === "operators" ? anybody(context, flags) : themselves(context, asker.caller, flags);
}

const invalid = (errorDetails: string): Failure => ({ errorCode: "INVALID_CONTEXT", errorDetails });

function anybody({ targetingKey, tenantId, deviceId, resourceId }: Context, flags: FlagBoard): Subject | Failure {
  if (!tenantId) return invalid("context.tenantId: say in which tenant.");
  const nobody = null; // an empty id names nobody
  const subject = {
    tenantId,
    userId: targetingKey || nobody,
    deviceId: deviceId || nobody,
    resourceId: resourceId || nobody,
  };
  return { decide: (key) => flags.decide(key, subject) };
}

/** A context may name who asks, as the libraries do, but nobody else. */
function themselves(context: Context, caller: Caller, flags: FlagBoard): Subject | Failure {
  const { targetingKey, tenantId, deviceId, resourceId } = context;
  const id = idOf(caller);
  const isMe = (!targetingKey || targetingKey === id) && (!deviceId || deviceId === id);
  if (!isMe || (tenantId && tenantId !== caller.tenant.id)) {
    return invalid("context: you can ask for yourself only, so it may add a resourceId and nobody else.");
  }
  return { decide: (key) => flagFor(flags, caller, key, resourceId || null) };
}
