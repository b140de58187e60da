export { Confirm } from "./confirm.tsx";
export { Forgotten } from "./forgotten.tsx";
export { Join } from "./join.tsx";
export { Reset } from "./reset.tsx";
