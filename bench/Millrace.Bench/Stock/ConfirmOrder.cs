using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Millrace.Inventory;
using Millrace.Kernel;

namespace Millrace.Bench;

/// <summary>
/// A larger verb of the benchmark's own, until there are sales: a draft of an order becomes a confirmed one with its promise, or
/// stays a draft.
/// </summary>
public sealed class ConfirmOrder : LargerVerb<ConfirmOrder.Command, ConfirmOrder.Order, Promised>
{
    public sealed record Command(LargerVerb Verb, Guid Document) : LargerCommand(Verb, Document);

    public sealed record Row(Guid OrderId, Guid CompanyId, string Number, string State, int Version);

    public sealed record Line(Guid OrderId, Guid ItemId, Guid WarehouseId, decimal Quantity);

    public sealed record Order(Row Head, IReadOnlyList<Line> Lines);

    public sealed record Confirmed(Guid Id, string Number, int Version, Promised Promise);

    [EventType("BenchOrderConfirmed", 1)]
    public sealed record OrderConfirmed(Guid CompanyId, Guid OrderId, string Number, Guid ReservationId) : IEvent
    {
        public string Aggregate => $"order/{OrderId:N}";
    }

    public const string Tables = """
        create schema orders;
        grant usage on schema orders to millrace_app;
        create table orders.head (
            tenant_id int not null, order_id uuid not null, company_id uuid not null, number text not null,
            state text not null default 'draft' check (state in ('draft', 'confirmed')),
            reservation_id uuid, version int not null default 1,
            changed_by uuid not null default '00000000-0000-7000-8000-000000000001',
            changed_request text not null default 'system',
            primary key (tenant_id, order_id),
            constraint head_confirmed_with_promise check ((state = 'confirmed') = (reservation_id is not null)));
        create table orders.line (
            tenant_id int not null, order_id uuid not null, item_id uuid not null, warehouse_id uuid not null,
            quantity numeric(19,6) not null, primary key (tenant_id, order_id, item_id, warehouse_id));
        call kernel.protect('orders.head');
        call kernel.protect('orders.line');
        call kernel.audit_by_row('orders.head', 'order_id');
        grant select, update on orders.head to millrace_app;
        grant select on orders.line to millrace_app;
        """;

    public override Sql Table => $"orders.head";

    public override Sql Key => $"order_id";

    public static void Declare(IServiceCollection services) => services.DeclareEvent<OrderConfirmed>("inventory.read");

    public void Map(IEndpointRouteBuilder app) =>
        app.MapPost(
                "/api/v1/orders/{id:guid}/confirm",
                (HttpContext http, GroupCommit<IStockCommand> stock, Guid id) =>
                    stock.Ask(http, new Command(this, id), (Done done) => TypedResults.Ok(Shown(done)))
            )
            .Needs("inventory.reserve")
            .Together<Confirmed>(200);

    protected override Func<IReadOnlyDictionary<Guid, Order>> Queue(Db db, Guid[] documents)
    {
        var heads = db.Later<Row>(
            $"""
            select h.order_id, h.company_id, h.number, h.state, h.version from orders.head h where h.order_id = any ({documents})
            """
        );
        var lines = db.Later<Line>(
            $"select order_id, item_id, warehouse_id, quantity from orders.line where order_id = any ({documents})"
        );
        return () =>
        {
            var byOrder = lines.Rows.ToLookup(line => line.OrderId);
            return heads.Rows.ToDictionary(head => head.OrderId, head => new Order(head, [.. byOrder[head.OrderId]]));
        };
    }

    protected override Verdict<IStockCommand> Judge(Command command, Order? document) =>
        document switch
        {
            null => Refused.Missing("order", command.Document),
            { Head.State: "confirmed" } => new Refused(
                "order.confirmed",
                $"{document.Head.Number} is confirmed already.",
                new { document.Head.Number }
            ),
            _ => new ReserveStock.Request(
                document.Head.CompanyId,
                document.Head.Number,
                [.. document.Lines.Select(line => new ReserveStock.Line(line.ItemId, line.WarehouseId, line.Quantity))]
            ),
        };

    protected override IEnumerable<(IEvent Event, Hand By)> Write(Db db, IReadOnlyList<Done> done)
    {
        db.Later(
            $"""
            update orders.head h set state = 'confirmed', reservation_id = p.reservation_id, version = h.version + 1,
                changed_by = p.actor, changed_request = p.request
            from unnest({done.Select(one => one.Command.Document).ToArray()}, {done.Select(one => one.Stock.Id).ToArray()},
                {done.Select(one => one.By.Actor).ToArray()}, {done.Select(one => one.By.Request).ToArray()})
                as p (order_id, reservation_id, actor, request)
            where h.order_id = p.order_id
            """
        );
        return done.Select(one =>
            (
                (IEvent)
                    new OrderConfirmed(one.Document.Head.CompanyId, one.Command.Document, one.Document.Head.Number, one.Stock.Id),
                one.By
            )
        );
    }

    private static Confirmed Shown(Done done) =>
        new(done.Command.Document, done.Document.Head.Number, done.Document.Head.Version + 1, done.Stock);
}
