namespace Millrace.Kernel;

/// <summary>
/// The alerts of the program, which deploy/prometheus/alerts.yml knows by the same names and bounds. An alert opens at amber.
/// </summary>
public static class AlertRules
{
    private const string Warning = "warning";
    private const string Critical = "critical";
    private const long ManyRows = 100_000;

    public static IReadOnlyList<AlertRule> All { get; } =
    [.. OfTheLog(), .. OfJobs(), .. OfSessions(), .. OfTheDatabase(), .. OfTheDisk(), .. OfBackups()];

    private static IEnumerable<AlertRule> OfTheLog() =>
        [
            new(
                "LogStands",
                Critical,
                "s",
                10,
                60,
                TimeSpan.FromMinutes(1),
                sample => sample.Log.IsSequenced ? sample.Log.UnsequencedSeconds : Math.Max(60, sample.Log.UnsequencedSeconds),
                "Events get no position, so books and screens stand still. Look for a process of the program that runs, then at "
                    + "its log.",
                "Olaylar sıra numarası almıyor; muhasebe ve ekranlar ilerlemiyor. Çalışan bir program süreci olup olmadığına, "
                    + "sonra günlüğüne bakın."
            ),
            new(
                "ConsumersLate",
                Warning,
                "s",
                30,
                300,
                TimeSpan.FromMinutes(2),
                sample => sample.Log.Consumers.Select(one => one.Seconds).DefaultIfEmpty().Max(),
                "What follows from events comes late, such as vouchers after receipts. Look whether the database is busy; add a "
                    + "process if the load lasts.",
                "Olaylardan doğan işler gecikiyor, örneğin girişlerin fişleri. Veritabanının meşgul olup olmadığına bakın; yük "
                    + "gerçekse bir süreç daha ekleyin."
            ),
            new(
                "EventsParked",
                Warning,
                "",
                1,
                20,
                TimeSpan.FromMinutes(1),
                sample => sample.Log.Parked,
                "Events could not be handled and wait for a person. Open System, Parked events: mend the cause named there, then "
                    + "try again.",
                "Bazı olaylar işlenemedi ve bir kişiyi bekliyor. Sistem, Bekletilen olaylar ekranını açın: yazılı nedeni giderip "
                    + "yeniden deneyin."
            ),
            new(
                "PartitionsRunOut",
                Critical,
                "",
                1,
                0,
                TimeSpan.FromMinutes(10),
                sample => sample.Partitions.Count == 0 ? null : sample.Partitions.Min(one => (decimal)one.Ahead),
                "Tables for the coming days are not made. The upkeep makes them hourly: look in the program's log why it fails "
                    + "before they run out.",
                "Önümüzdeki günlerin tabloları hazırlanmadı. Bakım işi onları her saat hazırlar: tükenmeden önce neden başarısız "
                    + "olduğuna program günlüğünde bakın."
            ),
        ];

    private static IEnumerable<AlertRule> OfJobs() =>
        [
            new(
                "JobsLate",
                Warning,
                "s",
                60,
                900,
                TimeSpan.FromMinutes(2),
                sample => sample.Work?.LateSeconds,
                "Background jobs that are due are not begun: mails, prints and schedules come late. See that "
                    + "processes run; add one "
                    + "if all are busy.",
                "Zamanı gelen arka plan işleri başlatılmıyor: e-postalar, çıktılar ve zamanlanmış işler gecikir. Süreçlerin "
                    + "çalıştığına bakın; hepsi meşgulse bir süreç ekleyin."
            ),
            new(
                "JobsFailed",
                Warning,
                "",
                1,
                20,
                TimeSpan.FromMinutes(1),
                sample => sample.Work?.Failed,
                "Jobs were given up after all their attempts within the last hour. Open System, Jobs: mend the cause "
                    + "named there, "
                    + "then retry.",
                "Son bir saat içinde bazı işlerden tüm denemelerden sonra vazgeçildi. Sistem, İşler ekranını açın: yazılı nedeni "
                    + "giderip yeniden deneyin."
            ),
        ];

    private static IEnumerable<AlertRule> OfSessions() =>
        [
            new(
                "LongTransaction",
                Warning,
                "s",
                300,
                3600,
                TimeSpan.FromMinutes(1),
                sample => sample.Database.LongestTransactionSeconds,
                "A transaction has been open for long and keeps old rows from being cleaned. Find it in pg_stat_activity by "
                    + "xact_start and end it if nobody needs it.",
                "Bir işlem uzun süredir açık ve eski satırların temizlenmesini engelliyor. pg_stat_activity içinde "
                    + "xact_start ile "
                    + "bulun, gereksizse sonlandırın."
            ),
            new(
                "IdleInTransaction",
                Warning,
                "s",
                60,
                600,
                TimeSpan.FromMinutes(1),
                sample => sample.Database.LongestIdleInTransactionSeconds,
                "A session holds a transaction open and does nothing. Find its program in pg_stat_activity; if it is a tool of "
                    + "yours, close it.",
                "Bir oturum hiçbir şey yapmadan işlemi açık tutuyor. Programını pg_stat_activity içinde bulun; sizin bir "
                    + "aracınızsa kapatın."
            ),
            new(
                "ConnectionsScarce",
                Critical,
                "%",
                80,
                95,
                TimeSpan.FromMinutes(2),
                sample => Percent(sample.Database.Connections, sample.Database.MostConnections),
                "Nearly all connections of the database are in use; the next may be refused. Close tools that hold some, or "
                    + "raise max_connections.",
                "Veritabanı bağlantılarının neredeyse tamamı kullanımda; sıradaki reddedilebilir. Bağlantı tutan "
                    + "araçları kapatın "
                    + "ya da max_connections değerini artırın."
            ),
        ];

    private static IEnumerable<AlertRule> OfTheDatabase() =>
        [
            new(
                "SlowStatements",
                Warning,
                "",
                5,
                20,
                TimeSpan.FromMinutes(5),
                sample => sample.Database.SlowNow,
                "Several statements have run for over a second at a time. The server's log names them (over 1 s); look for a "
                    + "lock, a missing index or a slow disk.",
                "Aynı anda birkaç sorgu bir saniyeden uzun sürüyor. Sunucu günlüğü adlarını yazar (1 sn üstü); "
                    + "kilit, eksik dizin "
                    + "ya da yavaş disk arayın."
            ),
            new(
                "TablesBloated",
                Warning,
                "%",
                20,
                50,
                TimeSpan.FromMinutes(30),
                sample =>
                    sample
                        .Tables.Where(one => one.Dead >= ManyRows)
                        .Select(one => Percent(one.Dead, one.Live + one.Dead))
                        .DefaultIfEmpty()
                        .Max(),
                "A table holds many dead rows and grows slower with them. Look for a long transaction first; then run vacuum on "
                    + "the table named by the metrics.",
                "Bir tabloda çok sayıda ölü satır birikti ve tablo yavaşlıyor. Önce uzun süren bir işlem arayın; "
                    + "sonra ölçümlerin "
                    + "adını verdiği tabloda vacuum çalıştırın."
            ),
            new(
                "ReplicaLate",
                Warning,
                "s",
                30,
                300,
                TimeSpan.FromMinutes(5),
                sample => sample.Database.Replicas == 0 ? null : sample.Database.ReplicationLagSeconds,
                "A replica is behind: reports are old, and a failover would lose the difference. Look at its disk, its network "
                    + "and long reports on it.",
                "Bir kopya sunucu geride: raporlar eski kalır, devretmede aradaki fark kaybolur. Diskine, ağına ve üzerindeki "
                    + "uzun raporlara bakın."
            ),
            new(
                "CheckpointsForced",
                Warning,
                "",
                6,
                30,
                TimeSpan.FromMinutes(10),
                sample => sample.Database.ForcedLastHour,
                "The write-ahead log fills before its time and forces checkpoints, which slow writing. Raise max_wal_size.",
                "Yazma günlüğü vaktinden önce doluyor ve denetim noktasını zorluyor; yazma yavaşlar. max_wal_size "
                    + "değerini artırın."
            ),
        ];

    private static IEnumerable<AlertRule> OfTheDisk() =>
        [
            new(
                "DiskLow",
                Critical,
                "%",
                20,
                10,
                TimeSpan.FromMinutes(5),
                sample => sample.Disk is { } disk ? Percent(disk.Free, disk.Bytes) : null,
                "Little is left of the database's disk; when it is full nothing can be saved. Make room or a larger disk.",
                "Veritabanı diskinde az yer kaldı; dolarsa hiçbir şey kaydedilemez. Yer açın ya da diski büyütün."
            ),
            new(
                "DiskFillsUp",
                Warning,
                "d",
                30,
                7,
                TimeSpan.FromHours(1),
                sample => sample.Disk?.DaysUntilFull,
                "At the pace of the last two weeks the database's disk is full in so many days. Plan a larger one now.",
                "Son iki haftanın hızıyla veritabanı diski bu kadar gün sonra dolar. Şimdiden daha büyüğünü planlayın."
            ),
        ];

    private static IEnumerable<AlertRule> OfBackups() =>
        [
            new(
                "BackupOld",
                Critical,
                "h",
                26,
                50,
                TimeSpan.FromMinutes(10),
                sample => sample.Backup?.BackupHours,
                "There is no recent backup. If there was never one, run bin/backup; otherwise see System, Jobs why the "
                    + "nightly one fails.",
                "Yeni bir yedek yok. Hiç alınmadıysa bin/backup çalıştırın; alındıysa gecelik yedeğin neden başarısız olduğuna "
                    + "Sistem, İşler ekranından bakın."
            ),
            new(
                "BackupFails",
                Critical,
                "",
                1,
                3,
                TimeSpan.FromMinutes(1),
                sample => sample.Backup?.Failed,
                "The last backup, or the last trial of one, failed. Run bin/backup and bin/backup --drill and mend what "
                    + "they say.",
                "Son yedek ya da son yedek denemesi başarısız oldu. bin/backup ve bin/backup --drill çalıştırıp "
                    + "yazdıkları nedeni giderin."
            ),
            new(
                "ArchiveStands",
                Critical,
                "s",
                300,
                3600,
                TimeSpan.FromMinutes(5),
                sample => sample.Backup?.ArchiveStandsSeconds,
                "The write-ahead log does not reach the backup folder, so the latest work is in no backup. See the folder's disk "
                    + "and PostgreSQL's log.",
                "Yazma günlüğü yedek klasörüne ulaşmıyor; en son işler hiçbir yedekte yok. Klasörün diskine ve PostgreSQL "
                    + "günlüğüne bakın."
            ),
            new(
                "DrillOld",
                Warning,
                "d",
                8,
                31,
                TimeSpan.FromHours(1),
                sample => sample.Backup?.DrillDays,
                "No backup has been proved by a restore for so many days. Run bin/backup --drill.",
                "Bu kadar gündür hiçbir yedek geri yüklenerek denenmedi. bin/backup --drill çalıştırın."
            ),
        ];

    private static decimal Percent(long part, long whole) =>
        whole == 0 ? 0 : decimal.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);
}
