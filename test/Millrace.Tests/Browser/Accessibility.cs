using Microsoft.Playwright;

namespace Millrace.Tests;

/// <summary>Asks axe what on a page keeps somebody out: contrast, names, keyboard.</summary>
internal static class Accessibility
{
    private static readonly string Axe = File.ReadAllText(Path.Combine(Repository.Root, "web/node_modules/axe-core/axe.min.js"));

    /// <summary>What is serious, one line each with the rule and the place.</summary>
    internal static async Task<string[]> Faults(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
                const found = await axe.run(document, { resultTypes: ["violations"] });
                return found.violations
                    .filter(({ impact }) => impact === "serious" || impact === "critical")
                    .flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ target, html, any, all }) =>
                        `${id} at ${target.join(" ")} ${html.slice(0, 200)} ${[...any, ...all][0]?.message ?? ""}`));
            }
            """
        );
    }
}
