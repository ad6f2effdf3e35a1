using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>The permission an endpoint needs, or the reason why it is open to everybody (or to everybody signed in).</summary>
public sealed record Right(string? Permission, string? OpenBecause, bool SignedIn);

/// <summary>The endpoint changes something and takes an Idempotency-Key.</summary>
public sealed record KeyRequired;

/// <summary>The endpoint runs inside one transaction, committed when it answers with success.</summary>
public sealed record Transacted(Patience Patience);

/// <summary>What an endpoint declares beside its route.</summary>
public static class Verbs
{
    /// <summary>Only for callers with this permission.</summary>
    public static RouteHandlerBuilder Needs(this RouteHandlerBuilder endpoint, string permission) =>
        endpoint.WithMetadata(new Right(permission, null, SignedIn: true)).Problems(401, 403);

    /// <summary>For everybody who is signed in, because it shows only what is the caller's own.</summary>
    public static RouteHandlerBuilder SignedIn(this RouteHandlerBuilder endpoint, string because) =>
        endpoint.WithMetadata(new Right(null, because, SignedIn: true)).Problems(401);

    /// <summary>For everybody, with the reason.</summary>
    public static RouteHandlerBuilder Open(this RouteHandlerBuilder endpoint, string because) =>
        endpoint.WithMetadata(new Right(null, because, SignedIn: false));

    /// <summary>Also limited by address with a limit of its own, because each request costs much or tries something.</summary>
    public static RouteHandlerBuilder Limited(this RouteHandlerBuilder endpoint, string policy) =>
        endpoint.WithMetadata(new OwnLimit(policy)).Problems(429);

    /// <summary>Reads in one transaction.</summary>
    public static RouteHandlerBuilder Reads(this RouteHandlerBuilder endpoint, Patience? patience = null) =>
        endpoint.WithMetadata(new Transacted(patience ?? Patience.Default)).AddEndpointFilter(Transaction.Run).Problems(400, 503);

    /// <summary>Writes in one transaction; repeating it is safe by itself (PUT, DELETE).</summary>
    public static RouteHandlerBuilder Writes(this RouteHandlerBuilder endpoint, Patience? patience = null) =>
        endpoint.Reads(patience).Problems(404, 409, 413, 415);

    /// <summary>Writes in one transaction, once per Idempotency-Key.</summary>
    public static RouteHandlerBuilder Once(this RouteHandlerBuilder endpoint, Patience? patience = null) =>
        endpoint
            .WithMetadata(new Transacted(patience ?? Patience.Default), new KeyRequired())
            .AddEndpointFilter(OnceByKey.Run)
            .Problems(400, 404, 409, 413, 415, 422, 503);

    /// <summary>Writes once per Idempotency-Key, in a transaction shared with others (see GroupCommit).</summary>
    public static RouteHandlerBuilder Together<TResult>(this RouteHandlerBuilder endpoint, int status = 201) =>
        endpoint.WithMetadata(new KeyRequired()).Produces<TResult>(status).Problems(400, 404, 409, 413, 415, 422, 503);

    /// <summary>Refusals that the document promises beside those of the verbs above.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }
}
