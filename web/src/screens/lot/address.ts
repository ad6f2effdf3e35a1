export const lotAddress = (itemId: string, lot: string) =>
  `/items/${itemId}/lot?${new URLSearchParams({ lot })}`;
