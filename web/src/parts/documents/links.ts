/** Where a document or a task is looked at. */
export function linkOf(type: string, id: string): string {
  if (type === "stock_adjustment") return `/adjustments/${id}`;
  if (type === "voucher") return `/vouchers/${id}`;
  if (type === "item") return `/items/${id}`;
  if (type === "partner") return `/partners/${id}`;
  if (type === "task") return `/tasks?task=${id}`;
  return "/";
}
