import type { components } from "./schema";

/** The shapes of the HTTP API under the names used here. Quantities, costs and amounts are decimal strings. */

type Schemas = components["schemas"];

export type Page<T> = { items: T[]; next: string | null; position?: number | null };

export type Session = Schemas["Session"];
export type Company = Schemas["ListCompaniesRow"];
export type Period = Schemas["ListPeriodsRow"];

export type Item = Schemas["Item"];
export type ItemDetail = Schemas["ListItemsDetail"];
export type Partner = Schemas["Partner"];
export type PartnerDetail = Schemas["ListPartnersDetail"];
export type PartnerFields = Schemas["PartnerFields"];
export type Standing = Schemas["ListPartnersStanding"];
export type ItemKind = "raw" | "semi" | "finished" | "goods" | "other";

export type ItemTracking = "none" | "lot" | "serial";

export type Stock = Schemas["ListStockRow"];
export type Lying = Schemas["WhereIsItemPlace"];
export type Held = Schemas["WhereIsItemPromise"];
export type LotStep = Schemas["TraceLotStep"];
export type Bin = Schemas["Bin"];
export type UnitRow = Schemas["ListHandlingUnitsRow"];
export type UnitGoods = Schemas["ShowHandlingUnitGoods"];
export type Unit = Schemas["ShowHandlingUnitUnit"];
export type Place = Schemas["ListPlacesRow"];
export type ExpectedSupply = Schemas["ListExpectedRow"];
export type AvailableDay = Schemas["AvailableByDateDay"];
export type StockAt = Schemas["StockAtMomentRow"];
export type Movement = Schemas["ListMovementsRow"];
export type Reservation = Schemas["ListReservationsReservation"];
export type IssueReason = "consumption" | "sale" | "scrap" | "return";
export type StockStatus = "available" | "quality" | "blocked" | "transit";

export type Account = Schemas["ListAccountsRow"];
export type Voucher = Schemas["ListVouchersEntry"];
export type VoucherDetail = Schemas["ListVouchersDetail"];
export type VoucherLine = Schemas["ListVouchersLine"];
export type TrialBalance = Schemas["TrialBalanceResult"];
export type TrialBalanceRow = Schemas["TrialBalanceRow"];
export type PostingRule = Schemas["PostingRulesRow"];

export type Member = Schemas["ListMembersRow"];
export type MemberDetail = Schemas["ListMembersDetail"];
export type Role = Schemas["Role"];
export type Permission = Schemas["RolesDeclared"];
export type Invitation = Schemas["InviteMemberInvitation"];
export type ApiClient = Schemas["Client"];
export type Device = Schemas["Device"];
export type OwnSession = Schemas["ListSessionsRow"];

export type ParkedEvent = Schemas["ParkedEventsRow"];

export type Change = Schemas["AuditedChange"];
export type Job = Schemas["ListJobsRow"];
export type Schedule = Schemas["SchedulesRow"];

/** One line of a refusal with the code `inventory.short`. */
export type Shortage = {
  itemId: string;
  itemCode: string;
  warehouseId: string;
  warehouseCode: string;
  wanted: string;
  available: string;
  missing: string;
};

export type Attachment = Schemas["AttachmentsRow"];
export type Mail = Schemas["ListMailsRow"];
export type Letterhead = Schemas["LetterheadsRow"];
export type LetterheadChange = Schemas["LetterheadsRequest"];
export type MailSettings = Schemas["MailAccountsAccount"];
export type MailSettingsChange = Schemas["MailSettingsOfCompanyRequest"];
