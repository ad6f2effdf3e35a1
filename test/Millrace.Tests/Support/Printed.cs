using System.Diagnostics;
using System.Net;

namespace Millrace.Tests;

/// <summary>What the program prints, as programs that know nothing of ours read it.</summary>
internal static class Printed
{
    internal static async Task<byte[]> Get(OpenFactory open, string path)
    {
        using var answer = await open.Api.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    internal static async Task<string> Text(byte[] pdf) =>
        System.Text.Encoding.UTF8.GetString(await Run("pdftotext", pdf, "-layout", "-", "-"));

    internal static async Task<byte[]> Run(string tool, byte[] input, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(tool, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output.ToArray();
    }
}
