using Millrace.Kernel;

namespace Millrace.Tests;

public sealed class BucketTests
{
    private static readonly Limit Ten = new("test", 10);
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_bucket_gives_its_whole_content_at_once_and_fills_again_at_its_rate()
    {
        DateTimeOffset? full = null;
        for (var left = 9; left >= 0; left--)
        {
            var (answer, next) = Allowance.Judge(Ten, full, Noon);
            Assert.Equal((left, TimeSpan.Zero), (answer.Left, answer.Wait));
            full = next;
        }

        Assert.Equal(TimeSpan.FromSeconds(6), Allowance.Judge(Ten, full, Noon).Answer.Wait);
        Assert.Equal(TimeSpan.FromSeconds(1), Allowance.Judge(Ten, full, Noon.AddSeconds(5)).Answer.Wait);
        Assert.False(Allowance.Judge(Ten, full, Noon.AddSeconds(6)).Answer.IsRefused);
        Assert.Equal(9, Allowance.Judge(Ten, full, Noon.AddSeconds(61)).Answer.Left);
    }

    [Fact]
    public void A_refusal_costs_nothing()
    {
        var (answer, next) = Allowance.Judge(Ten, Noon.AddMinutes(1), Noon);

        Assert.True(answer.IsRefused);
        Assert.Equal(Noon.AddMinutes(1), next);
    }

    [Fact]
    public void The_buckets_are_bounded_and_those_beyond_share_one()
    {
        var buckets = new Buckets(TimeProvider.System, most: 100);
        for (var at = 0; at < 5000; at++)
            _ = buckets.Take(Ten, $"{at}");

        Assert.InRange(buckets.Count, 100, 101);
        Assert.True(buckets.Take(Ten, "another").IsRefused);
        Assert.False(buckets.Take(Ten, "7").IsRefused);
    }

    [Fact]
    public async Task Many_at_once_get_no_more_than_there_is()
    {
        var buckets = new Buckets(TimeProvider.System);
        var slow = new Limit("slow", 50);

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => buckets.Take(slow, "all"))));

        Assert.InRange(answers.Count(one => !one.IsRefused), 50, 55);
    }
}
