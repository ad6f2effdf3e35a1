using Microsoft.AspNetCore.Http;

namespace Millrace.Kernel;

/// <summary>Who the caller of a connection that is still open is by now: rights end while somebody listens.</summary>
public sealed record CallerAgain(Func<HttpContext, ValueTask<Caller?>> Ask);
