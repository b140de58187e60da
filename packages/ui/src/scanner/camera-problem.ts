/** Every way a camera can fail a person. The screen has words and a way out for each. */
export type CameraProblem = "no_camera" | "permission_denied" | "insecure_context" | "in_use" | "unknown";

const problems: Record<string, CameraProblem> = {
  NotFoundError: "no_camera",
  DevicesNotFoundError: "no_camera",
  OverconstrainedError: "no_camera",
  NotAllowedError: "permission_denied",
  PermissionDeniedError: "permission_denied",
  SecurityError: "permission_denied",
  NotReadableError: "in_use", // Android says this too while the last stream is still being closed
  TrackStartError: "in_use",
  AbortError: "in_use",
};

/** Takes whatever `getUserMedia` threw; gives the problem. */
export function cameraProblem(error: unknown): CameraProblem {
  const name = typeof error === "object" && error && "name" in error ? String(error.name) : "";
  return problems[name] ?? "unknown";
}
