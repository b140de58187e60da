/** Pictures the apps can draw for a resource, so that a list reads at a glance without a photo. */
export const resourceKinds = ["tool", "room", "bike", "camera", "garden", "kitchen", "sport", "spa", "towel"] as const;
export type ResourceKind = (typeof resourceKinds)[number];
