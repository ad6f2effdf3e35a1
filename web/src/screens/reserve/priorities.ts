/** Of nine, the ones that people choose from; who waits is served in this order. */
export const priorities = [1, 3, 5, 7] as const;

export type Priority = (typeof priorities)[number];
