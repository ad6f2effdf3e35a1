// Plants one mistake after the other into the code that locks and judges stock, in a copy, and runs the tests that have to find it.
// `--check` only looks whether each place still exists. A mistake that lives is a test that is missing.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const booking = "src/Inventory/Booking/";
const mutants = [
  ["a promise read twice has its lines twice", "src/Inventory/Reservations/PromiseReads.cs", "_asked.SelectMany(one => one.Rows.GroupBy(row => row.Id))", "_asked.SelectMany(one => one.Rows).GroupBy(row => row.Id)"],
  ["balances are read without being held", `${booking}StockReads.cs`, "limit 1 for no key update {Sql.PassOver(all.PassesOverHeld)}) b", "limit 1) b"],
  ["a row that is held counts as empty", `${booking}HeldRows.cs`, ".Where(one => !stock.Has(one))", ".Where(one => stock.Has(one))"],
  ["the last piece is not given", "src/Inventory/Reservations/ReservationJudge.cs", "Waiting = Math.Max(0, wanted - comes - stock.Available(", "Waiting = Math.Max(0, wanted - comes + 0.25m - stock.Available("],
  ["what one is given the next finds still", "src/Inventory/Reservations/ReservationJudge.cs", "        stock.Give(promise);\n", ""],
  ["what is released is not free in the same batch", "src/Inventory/Reservations/ReservationJudge.cs", "        stock.Change(change);\n", ""],
  ["lines of one place are not added up", "src/Inventory/Reservations/ReservationJudge.cs", "var wanted = line.Sum(one => one.Quantity);", "var wanted = line.First().Quantity;"],
  ["a lot may be taken that is not there", "src/Inventory/Movements/MovementJudge.cs", "Math.Min(there, LeftFor(one))", "LeftFor(one)"],
  ["two lots of an item draw on the same sum", "src/Inventory/Movements/MovementJudge.cs", "            - (takenOfItem[(one.Key.ItemId, one.Key.WarehouseId)] - one.Quantity);", "            - (one.Quantity - one.Quantity);"],
  ["what was promised may be issued", "src/Inventory/Movements/MovementJudge.cs", "key.IsFree ? Math.Min(there, LeftFor(one)) : there", "key.IsFree ? there : there"],
  ["what came in is not there in the same batch", `${booking}StockAtHand.cs`, "_available[summed] = _available.GetValueOrDefault(summed) + quantity", "_available[summed] = _available.GetValueOrDefault(summed)"],
  ["two documents get one number", `${booking}StockAtHand.cs`, "_next[key]++)", "_next[key])"],
  ["numbers are not used up", `${booking}Bookings.cs`, "Numbers.Count > 0", "Numbers.Count > 99"],
  ["releasing promises once more", `${booking}Bookings.cs`, "promised: -line.Quantity", "promised: line.Quantity"],
  ["who came last is served first", "src/Inventory/Reservations/Shortages.cs", "order by l.priority, l.reservation_id limit", "order by l.priority desc, l.reservation_id desc limit"],
  ["one who waits is given too much", `${booking}StockAtHand.cs`, "Hold(place, quantity, -quantity)", "Hold(place, 0, -quantity)"],
  ["one takes what another waits for", `${booking}StockAtHand.cs`, "_waiting.ContainsKey((company, item, warehouse)) ? 0 :", "_waiting.Count < 0 ? 0 :"],
  ["an issue does not use up its promise", "src/Inventory/Movements/MovementJudge.cs", "            stock.Change(change);\n", "            _ = change;\n"],
  ["the rest of a promise stays held after it is closed", `${booking}Bookings.cs`, "waiting: after.Waiting - before.Waiting);", "waiting: 0 * before.Waiting);"],
  ["a new promise is written before the old one is released", "src/Inventory/Reservations/PromiseWriter.cs", "        Close(db, [.. changes.Where(one => one.Change.Closes)]);\n        Add(db, given);\n", "        Add(db, given);\n        Close(db, [.. changes.Where(one => one.Change.Closes)]);\n"],
  ["what is taken comes in as well", `${booking}Bookings.cs`, "var (company, quantity) = (movement.Company.Id, movement.Request.Kind.Sign * line.Quantity);", "var (company, quantity) = (movement.Company.Id, line.Quantity);"],
  ["blocked stock may be promised", `${booking}StockReads.cs`, "b.on_hand - b.reserved - b.withheld", "b.on_hand - b.reserved"],
  ["what is blocked is still free in the same batch", `${booking}StockAtHand.cs`, "        if (key.IsFree)\n", ""],
  ["blocked stock is consumed", "src/Inventory/Movements/MovementJudge.cs", "line.Status is not (null or StockStatus.Available)", "line.Status is \"gone\""],
  ["a transfer keeps the old status", "src/Inventory/Movements/TransferStock.cs", "line.ToStatus ?? line.Status ?? StockStatus.Available", "line.Status ?? StockStatus.Available"],
  ["a piece may be in stock twice", "src/Inventory/Movements/LotJudge.cs", "sign * line.Quantity) > 1)", "sign * line.Quantity) > 2)"],
  ["an expired lot is used", "src/Inventory/Movements/LotJudge.cs", "day < date &&", "day > DateOnly.MaxValue &&"],
  ["what expires last is taken first", "src/Inventory/Movements/RemovalJudge.cs", "mine.ThenBy(one => one.Lot?.ExpiresOn", "mine.ThenByDescending(one => one.Lot?.ExpiresOn"],
  ["a document is taken back twice in one batch", `${booking}StockBook.cs`, "stock.Reverse(numbered.Company.Id, reversed.Document, numbered.Document);", "_ = reversed;"],
  ["a supply is promised twice", "src/Inventory/Expected/Supply.cs", "ToCome - Promised", "ToCome"],
  ["what comes goes to the last in the line", "src/Inventory/Expected/Supplies.cs", "Less(Of(supply).OrderBy(Rank), free)", "Less(Of(supply).OrderByDescending(Rank), free)"],
  ["the first in the line lapse", "src/Inventory/Expected/Supplies.cs", "Less(Of(supply).OrderByDescending(Rank), now", "Less(Of(supply).OrderBy(Rank), now"],
  ["who waits already is passed over", "src/Inventory/Expected/Supplies.cs", "one.Left) - waiting)", "one.Left))"],
  ["what comes withheld is given away", "src/Inventory/Movements/MovementJudge.cs", "free: line.Key.IsFree ? sign * line.Quantity : 0", "free: sign * line.Quantity"],
  ["what is given back of a supply stays promised", `${booking}StockAtHand.cs`, "before.Expected - after.Expected", "0 * after.Expected"],
  ["what is held of a lot may be taken", "src/Inventory/Movements/MovementJudge.cs", "- stock.Pinned(company, key) +", "+"],
  ["one lot is held for two", "src/Inventory/Reservations/PinJudge.cs", "one.OnHand - stock.Pinned(company, one.Key)", "one.OnHand"],
  ["what is let go of a lot is still held in the same batch", `${booking}StockAtHand.cs`, "Pin(promise.CompanyId, key, -quantity)", "Pin(promise.CompanyId, key, 0 * quantity)"],
  ["more is held in bins than is held", "src/Inventory/Reservations/PinJudge.cs", "if (over <= 0)", "if (over <= 999)"],
  ["what is held for it is taken last", "src/Inventory/Movements/RemovalJudge.cs", "OrderByDescending(one => one.Mine > 0)", "OrderBy(one => one.Mine > 0)"],
  ["what belongs to somebody else is promised", "src/Inventory/Movements/MoveStock.cs", "Status == StockStatus.Available && IsOwn", "Status == StockStatus.Available"],
  ["what belongs to somebody else is ours in the books", "src/Inventory/Movements/MovementJudge.cs", "(key.IsOwn ? item.UnitCost : 0)", "(key.IsOwn ? item.UnitCost : item.UnitCost)"],
  ["goods are put on a pallet that is held by nobody", "src/Inventory/HandlingUnits/HandlingUnit.cs", "$\"for no key update {Sql.PassOver(passesOverHeld)}\"", "passesOverHeld ? (Sql)$\" \" : $\"\""],
  ["a pallet goes without what came on it meanwhile", "src/Inventory/HandlingUnits/MoveHandlingUnit.cs", "&& goods.SequenceEqual(Goods);", "&& goods is not null;"],
  ["goods are put on a pallet that stands elsewhere", "src/Inventory/HandlingUnits/MoveHandlingUnit.cs", "return unit.WarehouseId == bin.WarehouseId\n", "return unit.WarehouseId != Guid.Empty\n"],
];
const tests = ["*StockModelTests", "*WaitingTests", "*ExpectedTests", "*LotTests", "*PinTests", "*OwnerTests", "*HandlingUnitTests", "*HeldRowTests", "*GroupCommitTests"];

const planted = ([what, file, find, instead], root) => {
  const text = readFileSync(join(root, file), "utf8");
  if (text.split(find).length !== 2) throw new Error(`${what}: ${file} has not exactly one "${find.trim()}".`);
  return text.replace(find, () => instead);
};
const root = execFileSync("git", ["rev-parse", "--show-toplevel"], { encoding: "utf8" }).trim();
for (const mutant of mutants) planted(mutant, root);
if (process.argv[2] === "--check") process.exit(0);

const only = process.argv[2] ? mutants.filter(([what]) => what.includes(process.argv[2])) : mutants;
const copy = mkdtempSync(join(tmpdir(), "mutants-"));
const run = (...words) => spawnSync("dotnet", words, { cwd: copy, encoding: "utf8", timeout: 600_000 });
const build = () => run("build", "test/Millrace.Tests/Millrace.Tests.csproj", "-c", "Release");
const found = () =>
  run("test", "--project", "test/Millrace.Tests/Millrace.Tests.csproj", "-c", "Release", "--no-build", "--no-progress", "--stop-on-fail", "on", "--filter-class", ...tests);
let lives = 0;
try {
  execFileSync("git", ["clone", "-q", root, copy]);
  const before = build().status === 0 ? found() : { status: 1, stdout: "It does not compile." };
  if (before.status !== 0) throw new Error(`The tests fail before anything is planted.\n${before.stdout.slice(-4000)}`);
  for (const mutant of only) {
    const [what, file] = mutant;
    const whole = readFileSync(join(copy, file), "utf8");
    writeFileSync(join(copy, file), planted(mutant, copy));
    const built = build();
    if (built.status !== 0) throw new Error(`${what}: does not compile.\n${built.stdout}`);
    const [first] = [...found().stdout.matchAll(/^failed \S+\.(\w+\.\w+)/gm)].map((failed) => failed[1]);
    console.log(first ? `found: ${what}, by ${first}` : `LIVES: ${what}`);
    if (!first) lives++;
    writeFileSync(join(copy, file), whole);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${only.length - lives} found, ${lives} live`);
process.exit(lives > 0 ? 1 : 0);
