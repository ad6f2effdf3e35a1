namespace Millrace.Identity;

public static class IdentityPermissions
{
    public const string ReadMembers = "identity.member.read";
    public const string WriteMembers = "identity.member.write";
    public const string EraseMembers = "identity.member.erase";
    public const string WriteRoles = "identity.role.write";
    public const string ReadClients = "identity.client.read";
    public const string WriteClients = "identity.client.write";
    public const string ReadDevices = "identity.device.read";
    public const string WriteDevices = "identity.device.write";
}
